package journal

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

const (
	// Mark is the byte that every record begins with.
	Mark = 0xA5
	// MaxLength is how long a record's content may be.
	MaxLength = 1 << 16
)

// What can be wrong with a record. The errors that Next returns wrap one of them.
var (
	ErrMark      = errors.New("no record begins here")
	ErrTooLong   = errors.New("record is too long")
	ErrChecksum  = errors.New("checksum does not match")
	ErrTruncated = errors.New("journal ends within a record")
)

// Reader reads the records of a journal, one after the other.
type Reader struct {
	in     *bufio.Reader
	offset int64 // of the byte that is read next
	failed error // what Next goes on returning, once it is set
}

// NewReader makes a Reader of a journal.
func NewReader(in io.Reader) *Reader {
	return &Reader{in: bufio.NewReader(in)}
}

// Next returns the content of the next record, or io.EOF at the end of the journal.
func (r *Reader) Next() ([]byte, error) {
	if r.failed != nil {
		return nil, r.failed
	}
	start := r.offset
	content, err := r.record()
	switch {
	case err == nil:
		return content, nil
	case err == io.EOF && r.offset == start:
		r.failed = io.EOF
		return nil, io.EOF
	case err == io.EOF:
		err = ErrTruncated
	}
	failed := fmt.Errorf("record at byte %d: %w", start, err)
	if err != ErrMark && err != ErrChecksum {
		r.failed = failed
	}
	return nil, failed
}

// record reads a record, or as much of it as there is; io.EOF says that the journal ended.
func (r *Reader) record() ([]byte, error) {
	mark, err := r.ReadByte()
	if err != nil {
		return nil, err
	}
	if mark != Mark {
		return nil, r.skip()
	}
	length, err := r.length()
	if err != nil {
		return nil, err
	}
	content := make([]byte, length+4)
	for i := range content {
		if content[i], err = r.ReadByte(); err != nil {
			return nil, err
		}
	}
	content, sum := content[:length], content[length:]
	if crc32.ChecksumIEEE(content) != binary.LittleEndian.Uint32(sum) {
		return nil, ErrChecksum
	}
	return content, nil
}

// length reads the varint in front of the content.
func (r *Reader) length() (int, error) {
	length := 0
	for shift := 0; ; shift += 7 {
		b, err := r.ReadByte()
		if err != nil {
			return 0, err
		}
		length |= int(b&0x7f) << shift
		if length > MaxLength || b >= 0x80 && shift == 14 {
			return 0, ErrTooLong
		}
		if b < 0x80 {
			return length, nil
		}
	}
}

// skip goes on to the next mark, or to the end.
func (r *Reader) skip() error {
	for {
		next, err := r.in.Peek(1)
		if err != nil && err != io.EOF {
			return err
		}
		if err == io.EOF || next[0] == Mark {
			return ErrMark
		}
		r.ReadByte()
	}
}

// ReadByte reads a byte and counts it.
func (r *Reader) ReadByte() (byte, error) {
	b, err := r.in.ReadByte()
	if err == nil {
		r.offset++
	}
	return b, err
}

// Dump reads a journal that arrives in pieces of a few bytes and says what each call of Next gave. It calls Next
// twice more after the end or after an error that lasts. If broken is true, the journal does not end but breaks.
func Dump(data []byte, piece int, broken bool) []string {
	reader := NewReader(&pieces{data: data, size: piece, broken: broken})
	said := []string{}
	var last error
	for more := 2; more > 0 && len(said) < 50; {
		content, err := reader.Next()
		if err == nil {
			said = append(said, fmt.Sprintf("%q", content))
			continue
		}
		said = append(said, err.Error())
		if errors.Is(err, errBroken) {
			said = append(said, "(broken)")
		}
		if errors.Is(err, last) {
			more--
		}
		last = err
	}
	return said
}

var errBroken = errors.New("disk is broken")

// pieces is a reader that gives a few bytes at a time, the last ones together with the error.
type pieces struct {
	data   []byte
	size   int
	broken bool
}

func (p *pieces) Read(into []byte) (int, error) {
	n := copy(into[:min(p.size, len(into))], p.data)
	p.data = p.data[n:]
	if len(p.data) > 0 {
		return n, nil
	}
	if p.broken {
		return n, errBroken
	}
	return n, io.EOF
}
