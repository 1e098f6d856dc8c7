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
    // TO BE WRITTEN
}

impl Decoder {
    /// A decoder of frames with at most so many bytes of payload.
    pub fn new(limit: usize) -> Decoder {
        Decoder { limit, state: State::Waiting, content: Vec::new(), counts: Counts::default() }
    }

    /// Takes the next bytes of the line and gives the payloads of all good frames that end in them.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Vec<u8>> {
        // TO BE WRITTEN
    }

    pub fn counts(&self) -> Counts {
        self.counts.clone()
    }
}
