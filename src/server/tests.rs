use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::testing::TestServer;
use super::*;

#[tokio::test]
async fn a_server_that_is_told_to_stop_cancels_what_stays_open_and_ends() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = TestServer::empty().await;
    let state = server.state.clone();
    let stays_open = state.shutdown.clone();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(serve(listener, state, async {
        let _ = stopped.await;
    }));

    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut answer = [0; 15];
    connection.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200 OK");
    assert!(!stays_open.is_cancelled());

    stop.send(()).unwrap();
    timeout(GRACE, serving).await.expect("an idle connection does not hold the server up").unwrap().unwrap();
    assert!(stays_open.is_cancelled());
    assert!(TcpStream::connect(address).await.is_err());
}
