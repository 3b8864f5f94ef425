//! As much HTTP/1.1 as measuring needs, on a connection that stays open.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use socket2::{Domain, Socket, Type};

use crate::clock;

/// A connection to loopback.
pub struct Connection {
    stream: BufReader<TcpStream>,
    line: String,
    body: Vec<u8>,
}

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// Length of the body as sent, without the framing.
    pub body_bytes: u64,
}

/// What came back, in full.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    /// The path of a redirect; empty otherwise.
    pub location: String,
    /// Cookies as they were set, each with its attributes.
    pub cookies: Vec<String>,
    /// Names and values, in their order.
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// From the request's last byte to the answer's first.
    pub first_byte: Duration,
    /// From the request's last byte to the answer's last.
    pub total: Duration,
}

enum Length {
    Known(u64),
    Chunked,
}

impl Connection {
    pub fn open(port: u16) -> Result<Self> {
        Self::over(TcpStream::connect((Ipv4Addr::LOCALHOST, port))?)
    }

    /// The same from one of the sixteen million addresses that loopback has.
    pub fn open_from(source: Ipv4Addr, port: u16) -> Result<Self> {
        Self::over(connect(source, port)?)
    }

    fn over(stream: TcpStream) -> Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        Ok(Self {
            stream: BufReader::with_capacity(64 * 1024, stream),
            line: String::new(),
            body: Vec::new(),
        })
    }

    /// Asks for a path and reads the whole answer.
    pub fn get(&mut self, path: &str) -> Result<Answer> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Encoding: br\r\n\r\n"
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        let status = self.status()?;
        let length = self.header(&mut |_, _| ())?;
        Ok(Answer { status, body_bytes: self.read(length)? })
    }

    /// Sends a request as it stands and reads the whole answer.
    pub fn exchange(&mut self, request: &str) -> Result<Reply> {
        self.stream.get_mut().write_all(request.as_bytes())?;
        let sent = clock::now();
        self.stream.fill_buf()?;
        let first_byte = sent.elapsed();
        let mut reply = Reply { status: self.status()?, first_byte, ..Reply::default() };
        let length = self.header(&mut |name, value| {
            reply.headers.push((name.to_owned(), value.to_owned()));
            if name.eq_ignore_ascii_case("location") {
                value.clone_into(&mut reply.location);
            } else if name.eq_ignore_ascii_case("set-cookie") {
                reply.cookies.push(value.to_owned());
            }
        })?;
        self.read(length)?;
        reply.total = sent.elapsed();
        reply.body = String::from_utf8_lossy(&self.body).into_owned();
        Ok(reply)
    }

    fn status(&mut self) -> Result<u16> {
        let line = self.next_line()?;
        let code = line.split(' ').nth(1).context("no status line")?;
        Ok(code.parse()?)
    }

    /// Reads the header line by line; an answer that says nothing of its length has none.
    fn header(&mut self, line_is: &mut dyn FnMut(&str, &str)) -> Result<Length> {
        let mut length = Length::Known(0);
        loop {
            let line = self.next_line()?;
            if line.is_empty() {
                return Ok(length);
            }
            let (name, value) = line.split_once(':').context("a header line without a colon")?;
            line_is(name, value.trim());
            if name.eq_ignore_ascii_case("content-length") {
                length = Length::Known(value.trim().parse()?);
            } else if name.eq_ignore_ascii_case("transfer-encoding") {
                length = Length::Chunked;
            }
        }
    }

    /// Reads the body, and how long it is.
    fn read(&mut self, length: Length) -> Result<u64> {
        self.body.clear();
        match length {
            Length::Known(length) => self.append(length),
            Length::Chunked => self.append_chunks(),
        }
    }

    fn append_chunks(&mut self) -> Result<u64> {
        let mut sum = 0;
        loop {
            let size = u64::from_str_radix(self.next_line()?.trim(), 16)?;
            sum += self.append(size)?;
            self.next_line()?;
            if size == 0 {
                return Ok(sum);
            }
        }
    }

    fn append(&mut self, length: u64) -> Result<u64> {
        match self.stream.by_ref().take(length).read_to_end(&mut self.body)? as u64 {
            read if read == length => Ok(length),
            read => bail!("the answer broke off after {read} of {length} bytes"),
        }
    }

    fn next_line(&mut self) -> Result<&str> {
        self.line.clear();
        if self.stream.read_line(&mut self.line)? == 0 {
            bail!("the server closed the connection");
        }
        Ok(self.line.trim_end_matches(['\r', '\n']))
    }
}

/// A socket from one of loopback's addresses.
pub fn connect(source: Ipv4Addr, port: u16) -> Result<TcpStream> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&SocketAddr::from((source, 0)).into())?;
    socket.connect(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)).into())?;
    Ok(socket.into())
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// Answers each request on one connection with the next of these.
    fn serving(answers: &'static [&'static str]) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        thread::spawn(move || {
            let (stream, _) = listener.accept().expect("a connection");
            let mut stream = BufReader::new(stream);
            for answer in answers {
                let mut line = String::new();
                while line != "\r\n" {
                    line.clear();
                    stream.read_line(&mut line).expect("a line");
                }
                stream.get_mut().write_all(answer.as_bytes()).expect("sent");
            }
        });
        port
    }

    #[test]
    fn both_ways_to_tell_the_length() {
        let port = serving(&[
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello",
            "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\na\r\n0123456789\r\n0\r\n\r\n",
        ]);
        let mut connection = Connection::open(port).expect("a connection");
        assert_eq!(connection.get("/").expect("an answer"), Answer { status: 200, body_bytes: 5 });
        assert_eq!(connection.get("/").expect("an answer"), Answer { status: 404, body_bytes: 13 });
    }

    #[test]
    fn a_redirect_tells_where_and_sets_cookies() {
        let port = serving(&[
            "HTTP/1.1 303 See Other\r\nLocation: /next\r\nSet-Cookie: a=1; Path=/\r\ncontent-length: 2\r\n\r\nok",
        ]);
        let request = "POST / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        let reply = Connection::open(port).and_then(|mut open| open.exchange(request)).expect("a reply");
        assert_eq!((reply.status, reply.location.as_str(), reply.body.as_str()), (303, "/next", "ok"));
        assert_eq!(reply.cookies, ["a=1; Path=/"]);
        let names: Vec<&str> = reply.headers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Location", "Set-Cookie", "content-length"]);
        assert!(reply.first_byte <= reply.total);
    }

    #[test]
    fn an_answer_that_breaks_off_is_an_error() {
        let port = serving(&["HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhello"]);
        assert!(Connection::open(port).expect("a connection").get("/").is_err());
    }
}
