/// Stands before and after each frame.
const FLAG: u8 = 0x7e;
/// The next byte of the frame was changed by `FLIP`.
const ESCAPE: u8 = 0x7d;
const FLIP: u8 = 0x20;

/// What became of the frames that have ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    pub good: u64,
    pub damaged: u64,
    pub too_long: u64,
    pub aborted: u64,
}

/// Where the decoder stands in what comes over the line.
#[derive(Debug, PartialEq, Eq)]
enum State {
    /// No flag has come yet.
    Waiting,
    Inside,
    AfterEscape,
}

/// Finds the frames in what comes over a serial line, piece by piece.
pub struct Decoder {
    limit: usize,
    state: State,
    /// The payload and the checksum of the frame so far; at most one byte more than may be.
    content: Vec<u8>,
    counts: Counts,
}

/// The checksum of a payload.
fn crc8(payload: &[u8]) -> u8 {
    payload.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ byte, |crc, _| if crc & 0x80 == 0 { crc << 1 } else { (crc << 1) ^ 0x07 })
    })
}

/// The bytes of one frame on the line.
pub fn encode(payload: &[u8]) -> Vec<u8> {
    let mut line = vec![FLAG];
    for &byte in payload.iter().chain([&crc8(payload)]) {
        if byte == FLAG || byte == ESCAPE {
            line.extend([ESCAPE, byte ^ FLIP]);
        } else {
            line.push(byte);
        }
    }
    line.push(FLAG);
    line
}

impl Decoder {
    /// A decoder of frames with at most so many bytes of payload.
    pub fn new(limit: usize) -> Decoder {
        Decoder { limit, state: State::Waiting, content: Vec::new(), counts: Counts::default() }
    }

    /// Takes the next bytes of the line and gives the payloads of all good frames that end in them.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Vec<u8>> {
        let mut payloads = Vec::new();
        for &byte in bytes {
            match (byte, &self.state) {
                (FLAG, _) => payloads.extend(self.finish()),
                (_, State::Waiting) => {}
                (ESCAPE, State::Inside) => self.state = State::AfterEscape,
                (_, State::Inside) => self.take(byte),
                (_, State::AfterEscape) => {
                    self.state = State::Inside;
                    self.take(byte ^ FLIP);
                }
            }
        }
        payloads
    }

    pub fn counts(&self) -> Counts {
        self.counts.clone()
    }

    fn take(&mut self, byte: u8) {
        if !self.is_too_long() {
            self.content.push(byte);
        }
    }

    fn is_too_long(&self) -> bool {
        self.content.len() > self.limit.saturating_add(1)
    }

    /// Ends the frame before a flag, if there is one; its payload if it is good.
    fn finish(&mut self) -> Option<Vec<u8>> {
        let state = std::mem::replace(&mut self.state, State::Inside);
        let open = usize::from(state == State::AfterEscape);
        let too_long = self.content.len() + open > self.limit.saturating_add(1);
        let mut content = std::mem::take(&mut self.content);
        if state == State::Waiting || (state == State::Inside && content.is_empty()) {
            return None;
        }
        if too_long {
            self.counts.too_long += 1;
            return None;
        }
        if state == State::AfterEscape {
            self.counts.aborted += 1;
            return None;
        }
        let sum = content.pop();
        if content.is_empty() || sum != Some(crc8(&content)) {
            self.counts.damaged += 1;
            return None;
        }
        self.counts.good += 1;
        Some(content)
    }
}
