//! A client as cheap as can be, since it shares the cores with what it measures: kept connections,
//! ready-made requests, one thread.

use std::{
    net::SocketAddr,
    rc::Rc,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::LocalSet,
};

/// What one run showed.
pub struct Run {
    /// Answers a second.
    pub rate: f64,
    /// Microseconds, sorted.
    pub times: Vec<u32>,
    /// Bytes of the last answer.
    pub bytes: usize,
}

impl Run {
    /// The time below which this share of the answers came, in milliseconds.
    pub fn quantile(&self, share: f64) -> f64 {
        let at = ((self.times.len() as f64 - 1.0) * share) as usize;
        f64::from(self.times[at]) / 1_000.0
    }
}

/// Asks for as long as told over so many connections; `request` makes the text for a random number.
pub fn load(
    address: SocketAddr,
    connections: u64,
    length: Duration,
    request: impl Fn(u64) -> String + 'static,
) -> Run {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let request = Rc::new(request);
    let began = Instant::now();
    let answers = LocalSet::new().block_on(&runtime, async {
        let tasks: Vec<_> = (0..connections)
            .map(|number| tokio::task::spawn_local(one(address, number, length, Rc::clone(&request))))
            .collect();
        let mut all = (Vec::new(), 0);
        for task in tasks {
            let (times, bytes) = task.await.expect("a client");
            all.0.extend(times);
            all.1 = bytes;
        }
        all
    });
    let took = began.elapsed().as_secs_f64();
    let (mut times, bytes) = answers;
    times.sort_unstable();
    Run { rate: times.len() as f64 / took, times, bytes }
}

async fn one(
    address: SocketAddr,
    number: u64,
    length: Duration,
    request: Rc<impl Fn(u64) -> String>,
) -> (Vec<u32>, usize) {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.set_nodelay(true).expect("no delay");
    let mut seed = (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let (mut times, mut bytes) = (Vec::new(), 0);
    let mut buffer = Vec::with_capacity(64 * 1024);
    let until = Instant::now() + length;
    while Instant::now() < until {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let text = request(seed);
        let began = Instant::now();
        stream.write_all(text.as_bytes()).await.expect("sent");
        bytes = answer(&mut stream, &mut buffer).await;
        times.push(began.elapsed().as_micros() as u32);
    }
    (times, bytes)
}

async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> usize {
    buffer.clear();
    let mut whole = usize::MAX;
    while buffer.len() < whole {
        let read = stream.read_buf(buffer).await.expect("an answer");
        assert!(read > 0, "the server hung up");
        if whole == usize::MAX
            && let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n")
        {
            let head = std::str::from_utf8(&buffer[..end]).expect("a head").to_ascii_lowercase();
            assert!(head.starts_with("http/1.1 200"), "{head}\n{}", String::from_utf8_lossy(&buffer[end..]));
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            whole = end + 4 + length.expect("a length").trim().parse::<usize>().expect("a number");
        }
    }
    whole
}
