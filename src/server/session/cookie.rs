//! The cookie that holds a session's token.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::header::{COOKIE, HOST};
use axum::http::{HeaderMap, HeaderValue};
use chrono::TimeDelta;

use super::token::Token;

/// How a request reached this server, and so which cookie belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Over HTTPS, as far as anybody can tell: the browser keeps the cookie to this very host and to HTTPS.
    Secure,
    /// Over plain HTTP within this machine, where HTTPS is not to be had and nobody listens in.
    Loopback,
}

impl Transport {
    /// Plain HTTP is believed only where both ends are this machine and no proxy says otherwise.
    #[must_use]
    pub fn of(request: &Request) -> Self {
        let is_forwarded_https = request.headers().get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
        let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let is_local = peer(request).is_some_and(|peer| peer.is_loopback()) && is_loopback_host(host);
        if is_local && !is_forwarded_https { Self::Loopback } else { Self::Secure }
    }

    /// The name of the cookie.
    #[must_use]
    pub fn cookie_name(self) -> &'static str {
        match self {
            Self::Secure => "__Host-trellis",
            Self::Loopback => "trellis",
        }
    }

    /// The token that the request's cookie holds.
    #[must_use]
    pub fn token(self, headers: &HeaderMap) -> Option<Token> {
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|cookies| cookies.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find(|(name, _)| *name == self.cookie_name())
            .and_then(|(_, value)| Token::parse(value))
    }

    /// The header value that makes a browser keep the token for so long.
    #[must_use]
    pub fn keep(self, token: &Token, for_how_long: TimeDelta) -> Option<HeaderValue> {
        self.header(token.reveal(), for_how_long.num_seconds())
    }

    /// The header value that makes a browser forget the token.
    #[must_use]
    pub fn forget(self) -> Option<HeaderValue> {
        self.header("", 0)
    }

    fn header(self, value: &str, seconds: i64) -> Option<HeaderValue> {
        let secure = if self == Self::Secure { "; Secure" } else { "" };
        let name = self.cookie_name();
        let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::from_str(&cookie).ok()
    }
}

/// Where the request came from. A proxy on this machine is believed when it says for whom it asks.
///
/// IPv6 addresses are cut to their network of 64 bits, since each customer of a provider has at least that many.
#[must_use]
pub fn address(request: &Request) -> Option<IpAddr> {
    let peer = peer(request)?;
    // A proxy adds the address that it saw at the end; what stands before may be made up.
    let forwarded = request.headers().get_all("x-forwarded-for").iter().next_back();
    let told = forwarded.and_then(|list| list.to_str().ok()?.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
    let address = told.filter(|_| peer.is_loopback()).unwrap_or(peer).to_canonical();
    Some(match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(whole) => IpAddr::V6((u128::from(whole) & (u128::MAX << 64)).into()),
    })
}

fn peer(request: &Request) -> Option<IpAddr> {
    request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical())
}

/// Whether a `Host` header names this machine itself, with or without a port.
fn is_loopback_host(host: &str) -> bool {
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn request(peer: &str, headers: &[(&str, &str)]) -> Request {
        let mut request = Request::builder().uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let peer: SocketAddr = peer.parse().unwrap();
        request.extension(ConnectInfo(peer)).body(Body::empty()).unwrap()
    }

    #[test]
    fn plain_http_is_believed_within_this_machine_only() {
        let transport = |peer, headers: &[_]| Transport::of(&request(peer, headers));
        for host in ["localhost", "localhost:3000", "LOCALHOST:80", "127.0.0.1:3000", "127.8.0.1", "[::1]:3000"] {
            assert_eq!(transport("127.0.0.1:5000", &[("host", host)]), Transport::Loopback, "{host}");
            assert_eq!(transport("192.0.2.7:5000", &[("host", host)]), Transport::Secure, "{host}");
        }
        for host in ["okr.example.org", "localhost.example.org", "127.0.0.1.example.org", "", "[::2]", "192.0.2.1"] {
            assert_eq!(transport("127.0.0.1:5000", &[("host", host)]), Transport::Secure, "{host}");
        }
        let proxied = [("host", "localhost:3000"), ("x-forwarded-proto", "https")];
        assert_eq!(transport("127.0.0.1:5000", &proxied), Transport::Secure);
        assert_eq!(transport("[::ffff:127.0.0.1]:5000", &[("host", "localhost")]), Transport::Loopback);
    }

    #[test]
    fn a_cookie_is_kept_from_scripts_other_sites_and_plain_http() {
        let token = Token::random().unwrap();
        let lifetime = TimeDelta::hours(1);
        let value = token.reveal();
        assert_eq!(
            Transport::Secure.keep(&token, lifetime).unwrap(),
            format!("__Host-trellis={value}; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure").as_str()
        );
        assert_eq!(
            Transport::Loopback.keep(&token, lifetime).unwrap(),
            format!("trellis={value}; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax").as_str()
        );
        assert!(Transport::Secure.forget().unwrap().to_str().unwrap().contains("Max-Age=0"));
    }

    #[test]
    fn only_the_cookie_of_the_transport_counts() {
        let token = Token::random().unwrap();
        let cookies = format!("theme=dark; trellis={}; other", token.reveal());
        let request = request("127.0.0.1:5000", &[("cookie", &cookies)]);
        assert_eq!(Transport::Loopback.token(request.headers()), Some(token));
        assert_eq!(Transport::Secure.token(request.headers()), None, "a neighbouring host may have set it");
    }

    #[test]
    fn an_address_is_believed_from_a_proxy_on_this_machine() {
        let told = |peer, list| address(&request(peer, &[("x-forwarded-for", list)])).unwrap().to_string();
        assert_eq!(told("127.0.0.1:5000", "198.51.100.1, 203.0.113.9"), "203.0.113.9");
        assert_eq!(told("192.0.2.7:5000", "203.0.113.9"), "192.0.2.7");
        assert_eq!(told("127.0.0.1:5000", "nonsense"), "127.0.0.1");
        assert_eq!(told("[2001:db8:1:2:3:4:5:6]:5000", ""), "2001:db8:1:2::");
        assert_eq!(told("[::ffff:192.0.2.7]:5000", ""), "192.0.2.7");
    }
}
