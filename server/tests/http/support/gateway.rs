//! A gateway for tests: a few lines of HTTP on a socket, that does as the test says.

use std::sync::{Arc, Mutex};

use regain_core::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the gateway answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Manner {
    /// This status and body.
    Answers(u16, &'static str),
    /// Takes the request, and hangs up before it says so.
    HangsUp,
}

/// A request as it arrived.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Request {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// A field of a form.
    pub fn field(&self, name: &str) -> String {
        let found = self.body.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
        let mut bytes = Vec::new();
        let mut rest = found.unwrap_or_default().bytes();
        while let Some(byte) = rest.next() {
            let hex = |a: u8, b: u8| u8::from_str_radix(std::str::from_utf8(&[a, b]).unwrap(), 16).unwrap();
            bytes.push(if byte == b'%' { hex(rest.next().unwrap(), rest.next().unwrap()) } else { byte });
        }
        String::from_utf8(bytes).unwrap()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// The gateway.
#[derive(Clone)]
pub struct FakeGateway {
    manner: Arc<Mutex<Manner>>,
    pause: Arc<Mutex<Duration>>,
    requests: Arc<Mutex<Vec<Request>>>,
    pub url: String,
}

impl FakeGateway {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let manner = Arc::new(Mutex::new(Manner::Answers(201, "{}")));
        let gateway = Self { manner, pause: Arc::default(), requests: Arc::default(), url };
        let answers = gateway.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let gateway = answers.clone();
                tokio::spawn(async move { gateway.talk(stream).await });
            }
        });
        gateway
    }

    pub fn does(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    pub fn takes(&self, pause: Duration) {
        *self.pause.lock().unwrap() = pause;
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    async fn talk(&self, stream: TcpStream) -> Option<()> {
        let (read, mut write) = stream.into_split();
        let mut read = BufReader::new(read);
        let mut line = String::new();
        read.read_line(&mut line).await.ok()?;
        let mut request = Request { path: line.split(' ').nth(1)?.to_owned(), ..Request::default() };
        loop {
            let mut line = String::new();
            read.read_line(&mut line).await.ok()?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            request.headers.push((name.to_lowercase(), value.to_owned()));
        }
        let mut body = vec![0; request.header("content-length").parse().unwrap_or(0)];
        read.read_exact(&mut body).await.ok()?;
        request.body = String::from_utf8(body).ok()?;
        self.requests.lock().unwrap().push(request);
        let pause = *self.pause.lock().unwrap();
        tokio::time::sleep(pause).await;
        let manner = self.manner.lock().unwrap().clone();
        let Manner::Answers(status, body) = manner else { return None };
        let answer = format!(
            "HTTP/1.1 {status} Said\r\ncontent-length: {}\r\nlocation: http://127.0.0.1:9/\r\n\r\n{body}",
            body.len()
        );
        write.write_all(answer.as_bytes()).await.ok()
    }
}
