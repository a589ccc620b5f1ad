//! The least of a browser: it asks, keeps the cookie that it is given, and does not follow redirects.

use std::net::SocketAddr;
use std::time::Duration;

use axum::http::Method;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use trellis::server::session::token::Token;

/// What a browser says that it would like to see.
pub const PAGE: (&str, &str) = ("accept", "text/html");

#[derive(Clone)]
pub struct Browser {
    address: SocketAddr,
    /// `name=value`, as it is sent back.
    pub cookie: Option<String>,
}

pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Browser {
    pub fn new(address: SocketAddr) -> Self {
        Self { address, cookie: None }
    }

    /// The same one with another cookie.
    pub fn with_cookie(self, cookie: impl Into<String>) -> Self {
        Self { cookie: Some(cookie.into()), ..self }
    }

    /// The same one with a session.
    pub fn with_session(self, token: &Token) -> Self {
        self.with_cookie(format!("trellis={}", token.reveal()))
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.ask(&Method::GET, path, &[PAGE], "").await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask(&Method::POST, path, &[PAGE], &form(fields)).await
    }

    /// Sends a form, JSON or nothing, with further headers.
    pub async fn ask(&mut self, method: &Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut connection = self.send(method, path, headers, body).await;
        let mut bytes = Vec::new();
        connection.read_to_end(&mut bytes).await.unwrap();
        let answer = parse(&String::from_utf8_lossy(&bytes));
        if let Some(cookie) = answer.header("set-cookie") {
            let kept = cookie.split(';').next().unwrap();
            self.cookie = (!kept.ends_with('=')).then(|| kept.to_owned());
        }
        answer
    }

    /// Asks for what does not end by itself. Returns once its beginning is there.
    pub async fn listen(&self, path: &str) -> Listening {
        let mut connection = self.send(&Method::GET, path, &[], "").await;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(connection.read_u8().await.unwrap());
        }
        Listening { status: parse(&String::from_utf8_lossy(&head)).status, connection }
    }

    async fn send(&self, method: &Method, path: &str, headers: &[(&str, &str)], body: &str) -> TcpStream {
        // HTTP/1.0, so that the answer ends with the connection and is never in chunks.
        let mut request = format!("{method} {path} HTTP/1.0\r\ncontent-length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| *name == "host") {
            request.push_str(&format!("host: {}\r\n", self.address));
        }
        if *method == Method::POST {
            let kind = if body.starts_with('{') { "json" } else { "x-www-form-urlencoded" };
            request.push_str(&format!("content-type: application/{kind}\r\n"));
        }
        if let Some(cookie) = &self.cookie {
            request.push_str(&format!("cookie: {cookie}\r\n"));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        let mut connection = TcpStream::connect(self.address).await.unwrap();
        connection.write_all(format!("{request}\r\n{body}").as_bytes()).await.unwrap();
        connection
    }
}

/// An answer that goes on.
pub struct Listening {
    pub status: u16,
    connection: TcpStream,
}

impl Listening {
    /// Whether the server ends it by itself, soon.
    pub async fn ends(&mut self) -> bool {
        let mut rest = Vec::new();
        timeout(Duration::from_secs(10), self.connection.read_to_end(&mut rest)).await.is_ok()
    }

    /// Whether it goes on, for now.
    pub async fn goes_on(&mut self) -> bool {
        let mut rest = Vec::new();
        timeout(Duration::from_millis(200), self.connection.read_to_end(&mut rest)).await.is_err()
    }
}

/// Fields as a browser sends them.
pub fn form(fields: &[(&str, &str)]) -> String {
    let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}

fn parse(text: &str) -> Answer {
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.into(), value.into()));
    Answer { status, headers: headers.collect(), body: body.to_owned() }
}
