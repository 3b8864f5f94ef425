//! R16 to R22, R213 and T112: what roles allow.

use regain_core::role::{Right, Role, allows, is_administrator, may_manage};

/// Who has the right.
fn holders(right: Right) -> Vec<Role> {
    Role::ALL.iter().copied().filter(|role| allows(&[*role], right)).collect()
}

#[test]
fn r16_a_global_administrator_may_do_everything() {
    assert!(Right::ALL.iter().all(|right| allows(&[Role::GlobalAdministrator], *right)));
}

#[test]
fn nobody_without_a_role_may_do_anything() {
    assert!(Right::ALL.iter().all(|right| !allows(&[], *right)));
}

#[test]
fn r17_r19_two_roles_see_and_save_the_policy() {
    let both = [Role::GlobalAdministrator, Role::AuthenticationPolicyAdministrator];
    assert_eq!(holders(Right::ReadPolicy), both);
    assert_eq!(holders(Right::SavePolicy), both);
    assert_eq!(holders(Right::EditBannedWords), both, "R22");
}

#[test]
fn r18_r22_some_things_are_the_global_administrators_alone() {
    for right in [Right::SaveOnPremises, Right::NameOrganization, Right::EditMessages, Right::AssignRoles] {
        assert_eq!(holders(right), [Role::GlobalAdministrator], "{right}");
    }
}

#[test]
fn r20_a_reports_reader_reads_audit_and_changes_nothing() {
    let rights: Vec<_> = Right::ALL.iter().filter(|right| allows(&[Role::ReportsReader], **right)).collect();
    assert_eq!(rights, [&Right::ReadAudit, &Right::ReadUsage]);
}

#[test]
fn r21_usage_is_for_readers_operators_and_application_administrators() {
    assert_eq!(
        holders(Right::ReadUsage),
        [
            Role::GlobalAdministrator,
            Role::ReportsReader,
            Role::SecurityReader,
            Role::SecurityOperator,
            Role::SecurityAdministrator,
            Role::GlobalReader,
            Role::ApplicationAdministrator,
            Role::CloudApplicationAdministrator,
        ]
    );
}

#[test]
fn rights_of_several_roles_add_up() {
    let roles = [Role::ReportsReader, Role::HelpdeskAdministrator];
    assert!(allows(&roles, Right::ReadAudit) && allows(&roles, Right::ReleaseLocks));
    assert!(!allows(&roles, Right::ManageUsers));
}

#[test]
fn readers_are_no_administrators() {
    assert!(!is_administrator(&[Role::ReportsReader, Role::GlobalReader, Role::SecurityReader]));
    assert!(is_administrator(&[Role::ReportsReader, Role::HelpdeskAdministrator]));
}

#[test]
fn t112_nobody_manages_an_equal_or_higher_account() {
    let global = [Role::GlobalAdministrator];
    let helpdesk = [Role::HelpdeskAdministrator];
    let privileged = [Role::PrivilegedAuthenticationAdministrator];
    assert!(may_manage(&helpdesk, &[]));
    assert!(!may_manage(&helpdesk, &helpdesk) && !may_manage(&helpdesk, &global));
    assert!(!may_manage(&[Role::UserAdministrator], &helpdesk));
    assert!(may_manage(&privileged, &helpdesk) && !may_manage(&privileged, &privileged));
    assert!(!may_manage(&privileged, &[Role::HelpdeskAdministrator, Role::GlobalAdministrator]));
    assert!(may_manage(&global, &global));
}

#[test]
fn t112_readers_stand_above_whoever_helps_ordinary_people() {
    let helpers =
        [Role::HelpdeskAdministrator, Role::PasswordAdministrator, Role::AuthenticationAdministrator];
    let readers = [Role::GlobalReader, Role::SecurityReader, Role::SecurityOperator, Role::ReportsReader];
    for reader in readers {
        for helper in helpers {
            assert!(!may_manage(&[helper], &[reader]), "{helper} {reader}");
        }
        for above in
            [Role::UserAdministrator, Role::PrivilegedAuthenticationAdministrator, Role::GlobalAdministrator]
        {
            assert!(may_manage(&[above], &[reader]), "{above} {reader}");
        }
        assert!(!may_manage(&[reader], &[reader]));
    }
}
