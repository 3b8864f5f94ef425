use leptos::prelude::*;
use regain_app::ui::*;
use regain_app::visit::*;
use regain_core::form::*;
use regain_core::pow::Challenge;
use regain_core::role::Role;
use std::future::Future;
use std::task::{Context, Poll, Waker};

fn block<F: Future>(f: F) -> F::Output {
    let mut f = Box::pin(f);
    let mut cx = Context::from_waker(Waker::noop());
    loop { if let Poll::Ready(x) = f.as_mut().poll(&mut cx) { return x } }
}

fn visit(query: &str) -> Visit {
    Visit {
        address: "127.0.0.1".parse().unwrap(), client: String::new(), locale: Default::default(), path: "/".into(), query: query.into(),
        support_code: "7KQ2-M9XD".into(), nonce: "n".into(), flow_token: None, form: FormState::default(), demo: false,
        session: Some(Session { id: "1".into(), user_id: "1".into(), upn: "ana@contoso.example".into(), display_name: "Ana Admin".into(), roles: vec![Role::GlobalAdministrator], proved_at: None, must_change_password: false }),
    }
}

fn page(name: &str, query: &str, make: impl FnOnce() -> AnyView) {
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        leptos_meta::provide_meta_context();
        provide_context(visit(query));
        let view = make();
        block(async move { view.resolve().await }).to_html()
    });
    let doc = format!("<!DOCTYPE html><html lang=en dir=ltr><head><meta charset=utf-8><meta name=viewport content='width=device-width, initial-scale=1'><title>x</title><link rel=stylesheet href=regain.css></head><body>{html}</body></html>");
    std::fs::write(format!("/tmp/gallery/{name}.html"), doc).unwrap();
}

fn qr() -> String {
    let mut d = String::new();
    let mut x: u32 = 12345;
    for r in 0..29 { for c in 0..29 {
        x = x.wrapping_mul(1664525).wrapping_add(1013904223);
        if x >> 30 > 1 { d += &format!("M{c} {r}h1v1h-1z"); }
    }}
    format!("<svg viewBox='0 0 29 29' shape-rendering='crispEdges'><path fill='#000' d='{d}'/></svg>")
}

fn main() {
    page("signin", "", || {
        let f = Form::new(FormState::default());
        view! { <UserPage heading="Sign in" lead="Use your Contoso account.">
            <form method="post" novalidate>
                <TextField field=f.field("username") label="Username" hint="Example: ana@contoso.example" purpose=Purpose::SignInName/>
                <div class="actions"><Button label="Next"/></div>
            </form>
            <div class="more"><a href="/reset">"Can’t access your account?"</a></div>
        </UserPage> }.into_any()
    });
    page("signin-error", "", || {
        let f = Form::new(FormState::default().with_value("username", "ana").with_problem(FieldProblem::new("username","GALLERY")));
        view! { <UserPage heading="Sign in" form=f>
            <form method="post" novalidate>
                <TextField field=f.field("username") label="Username" hint="Example: ana@contoso.example" purpose=Purpose::SignInName/>
                <PasswordField field=f.field("password") label="Password"/>
                <div class="actions"><Button label="Sign in"/><ButtonLink href="/" label="Cancel" look=Look::Subtle/></div>
            </form>
        </UserPage> }.into_any()
    });
    page("reset", "", || {
        let f = Form::new(FormState::default());
        view! { <UserPage heading="Get back into your account" lead="Tell us who you are and show that you are not a robot.">
            <form method="post" novalidate>
                <TextField field=f.field("username") label="Username" hint="Example: ana@contoso.example" purpose=Purpose::Username/>
                <CaptchaField field=f.field("characters") picture="captcha.png" sound="/s" another="/reset" challenge=Challenge{seed:"a".into(),bits:8} solution="solution"/>
                <div class="actions"><Button label="Next"/><ButtonLink href="/" label="Cancel" look=Look::Subtle/></div>
            </form>
        </UserPage> }.into_any()
    });
    page("method", "", || {
        let f = Form::new(FormState::default());
        let choices = vec![
            Choice::new("a", "Approve a notification on my authenticator app").hint("Type a number on your phone").sign(Sign::App),
            Choice::new("b", "Enter a code from my authenticator app").sign(Sign::App),
            Choice::new("c", "Email my alternate email").sign(Sign::Mail),
            Choice::new("d", "Text my mobile phone").sign(Sign::Text),
            Choice::new("e", "Answer my security questions").sign(Sign::Question),
        ];
        view! { <UserPage heading="How should we check it’s you?" step=Some(StepOf{step:1,of:3}) back="/reset/why">
            <form method="post" novalidate>
                <RadioCards field=f.field("method").or("c") choices/>
                <div class="actions"><Button label="Next"/></div>
            </form>
            <div class="more"><a href="/reset">"I can’t use any of these"</a></div>
        </UserPage> }.into_any()
    });
    page("code", "", || {
        let f = Form::new(FormState::default().with_problem(FieldProblem::new("code","GALLERY")));
        view! { <UserPage heading="Enter the code we sent" lead="We sent a code to your alternate email. It expires at 14:32." step=Some(StepOf{step:1,of:3}) back="/reset/verify" form=f>
            <form method="post" novalidate>
                <CodeField field=f.field("code") hint="6 digits"/>
                <div class="actions"><Button label="Next"/></div>
            </form>
            <div class="more"><Resend action="/x" label="Send a new code" wait=24/><a href="/x">"No code? Check your username, or you may not be set up for reset"</a></div>
        </UserPage> }.into_any()
    });
    page("phone", "", || {
        let f = Form::new(FormState::default());
        view! { <UserPage heading="Add your phone" step=Some(StepOf{step:2,of:3}) back="/register">
            <form method="post" novalidate>
                <PhoneField country=f.field("country").or("LV") number=f.field("phone").or("20 123 456")/>
                <RadioList field=f.field("delivery").or("text") legend="How should we send the code?" choices=vec![Choice::new("text","Text me a code"),Choice::new("call","Call me").hint("No voice channel is set up").disabled(true)]/>
                <Banner><p>"We only use it to check it’s you. Carrier rates may apply."</p></Banner>
                <div class="actions"><Button label="Next"/></div>
            </form>
        </UserPage> }.into_any()
    });
    page("qr", "", || {
        let f = Form::new(FormState::default());
        view! { <UserPage heading="Scan this with your app" step=Some(StepOf{step:1,of:2}) back="/register">
            <QrPanel svg=qr() name="QR code for Contoso" key_name="Secret key" key="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP".into() open=Some(("otpauth://x".into(),"Open my authenticator app".into()))/>
            <form method="post" novalidate>
                <CodeField field=f.field("code")/>
                <div class="actions"><Button label="Next"/></div>
            </form>
            <NumberToEnter name="Number to enter" number="47"/>
        </UserPage> }.into_any()
    });
    page("password", "", || {
        let f = Form::new(FormState::default());
        view! { <UserPage heading="Choose a new password" step=Some(StepOf{step:3,of:3})>
            <form method="post" novalidate>
                <TextField field=f.field("username").or("ana@contoso.example") label="Username" readonly=true purpose=Purpose::Username/>
                <NewPasswordFields field=f.field("new_password") confirm=f.field("confirm_password") profile=Some(regain_core::password::profile::PasswordProfile::nist())/>
                <div class="actions"><Button label="Finish"/></div>
            </form>
        </UserPage> }.into_any()
    });
    page("done", "", || {
        view! { <UserPage heading="Your password has been reset" ending=Ending::Done lead="We told you by email at j•••@m•••.example.">
            <ul><li>"Update it on your phone and laptop mail."</li><li>"You are signed out everywhere else."</li></ul>
            <div class="actions"><ButtonLink href="/signin" label="Sign in" look=Look::Primary/></div>
        </UserPage> }.into_any()
    });
    page("stopped", "", || {
        view! { <UserPage heading="We can’t reset this password here" ending=Ending::Stopped lead="Check the username for typing mistakes, or contact your administrator.">
            <div class="actions"><ButtonLink href="/help" label="Contact your administrator" look=Look::Primary/><ButtonLink href="/reset" label="Try a different username" look=Look::Subtle/></div>
        </UserPage> }.into_any()
    });
    page("review", "", || {
        view! { <UserPage heading="Check your security info" lead="You’ll use these to get back in." wide=true>
            <Banner tone=Tone::Ok title="You can reset your password on your own"><p>"You have 2 of the 2 methods you need."</p></Banner>
            <DescriptionList facts=vec![
                Fact::new("Authenticator app","Ana’s Pixel").action("Change","authenticator app","/x"),
                Fact::new("Phone","+371 20 123 456").action("Change","phone","/x"),
                Fact::new("Email","not set").action("Add","email","/x")]/>
            <div class="actions"><Button label="Looks good"/></div>
            <ConfirmPanel action="/x" confirm="Remove" cancel="Keep it" cancel_href="/y"><p>"You’ll have 1 of the 2 ways you need, so you couldn’t reset your password yourself."</p></ConfirmPanel>
        </UserPage> }.into_any()
    });
    let props = |f: FormState| { let f = Form::new(f);
        let groups = vec![("Protection".to_owned(), None), ("Password reset".to_owned(), None)];
        view! { <AdminPage heading="Properties" current="/admin/password-reset/properties" crumbs=groups form=f>
            <SettingsForm action="/admin/password-reset/properties">
                <Banner><p>"These settings are for end users. Administrators can always reset with two methods. "<a href="/x">"Administrator policy"</a></p></Banner>
                <Panel>
                <Segmented field=f.field("scope").or("selected") legend="Self service password reset enabled" choices=vec![("none".into(),"None".into()),("selected".into(),"Selected".into()),("all".into(),"All".into())]/>
                <div class="nested"><p>"No groups selected"</p><div><ButtonLink href="/g" label="Select group"/></div></div>
                </Panel>
                <Panel>
                <Segmented field=f.field("explain").or("never") legend="Explain why a reset is refused" hint="Specific reasons help people and tell strangers which accounts exist." choices=vec![("never".into(),"Never".into()),("networks".into(),"On these networks".into()),("always".into(),"Always".into())]/>
                <TextArea field=f.field("networks").or("10.0.0.0/8") label="Networks" hint="One CIDR range on each line." rows=3/>
                </Panel>
            </SettingsForm>
        </AdminPage> }.into_any()
    };
    page("admin-properties", "saved", || props(FormState::default()));
    page("admin-error", "", || props(FormState::default().with_value("scope","selected").with_problem(FieldProblem::new("scope","GALLERY")).with_problem(FieldProblem::new("networks","GALLERY"))));
    page("admin-methods", "", || {
        let f = Form::new(FormState::default());
        view! { <AdminPage heading="Authentication methods" current="/admin/password-reset/authentication-methods">
            <SettingsForm action="/a">
                <Panel>
                <Segmented field=f.field("required").or("2") legend="Number of methods required to reset" choices=vec![("1".into(),"1".into()),("2".into(),"2".into())]/>
                <CheckboxGroup field=f.field("methods[]").or_all(["email".to_owned(),"phone".to_owned()]) legend="Methods available to users" choices=vec![
                    Choice::new("app","Mobile app notification").hint("Approve on a phone by typing a number. Only with 2 methods."),
                    Choice::new("code","Mobile app code").hint("6-digit code from any authenticator app."),
                    Choice::new("email","Email").hint("Code to an address outside this organisation."),
                    Choice::new("phone","Mobile phone"),
                    Choice::new("office","Office phone").hint("Requires channel: voice is not set up").disabled(true),
                    Choice::new("q","Security questions").hint("Guessable. Never offered to administrators.")]/>
                <div class="nested"><TextField field=f.field("n").or("5") label="Number of questions required to register" purpose=Purpose::Number/><SelectField field=f.field("m").or("3") label="Number of questions required to reset" options=vec![("3".into(),"3".into()),("4".into(),"4".into())]/></div>
                </Panel>
                <Panel heading="Registration">
                <TextField field=f.field("days").or("180") label="Number of days before users are asked to reconfirm their authentication information" hint="0 to 730. 0 means never." suffix="days" purpose=Purpose::Number/>
                <Checkbox field=f.field("u").or("true") label="Allow users to unlock accounts without resetting their password"/>
                </Panel>
            </SettingsForm>
        </AdminPage> }.into_any()
    });
    page("admin-users", "", || {
        let f = Form::new(FormState::default());
        let names = ["Ana Silva","Bo Lind","Chidi Okafor","Dana Weiss","Emil Krastiņš","Fatima Zahra"];
        let rows = names.iter().enumerate().map(|(i,n)| vec![
            view!{<a href="/u">{*n}</a>}.into_any(),
            format!("{}@contoso.example", n.split(' ').next().unwrap().to_lowercase()).into_any(),
            if i % 2 == 0 { view!{<Tag text="Can reset" tone=Tone::Ok/>}.into_any() } else { view!{<Tag text="Has 1 of 2 methods" tone=Tone::Warn/>}.into_any() },
            "App, Email".into_any(), format!("{}", i*3).into_any(), "12 Nov 2026, 09:14".into_any()]).collect();
        view! { <AdminPage heading="Users" current="/admin/users" lead="Everybody in your directory, and whether they can help themselves." actions=view!{<ButtonLink href="/n" label="New user" look=Look::Primary/>}.into_any()>
            <form class="filters" method="get"><TextField field=f.field("q") label="Search" purpose=Purpose::Search/><SelectField field=f.field("state") label="Can reset" options=vec![("".into(),"Any".into()),("no".into(),"No".into())]/><Button label="Apply" look=Look::Secondary/></form>
            <DataTable caption="Users" columns=vec![Column::new("Name").sort("/a",Sorted::Ascending),Column::new("Username").sort("/b",Sorted::No),Column::new("Can reset"),Column::new("Methods"),Column::new("Resets").numeric(),Column::new("Last reset")] rows pager=Pager{summary:"Showing 1–6 of 228".into(),previous:None,next:Some("/x".into())}/>
            <EmptyState text="No users match these filters." sign=Sign::User><ButtonLink href="/admin/users" label="Clear filters"/></EmptyState>
        </AdminPage> }.into_any()
    });
}
