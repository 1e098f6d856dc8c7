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
	at := r.offset
	fail := func(err error, stay bool) ([]byte, error) {
		wrapped := fmt.Errorf("record at byte %d: %w", at, err)
		if stay {
			r.failed = wrapped
		}
		return nil, wrapped
	}
	ended := func(err error) ([]byte, error) {
		if errors.Is(err, io.EOF) {
			err = ErrTruncated
		}
		return fail(err, true)
	}
	first, err := r.in.ReadByte()
	if err == io.EOF {
		r.failed = err
		return nil, err
	}
	if err != nil {
		return fail(err, true)
	}
	r.offset++
	if first != Mark {
		skipped, err := r.in.ReadSlice(Mark)
		r.offset += int64(len(skipped))
		if err == nil {
			r.in.UnreadByte()
			r.offset--
		} else if err != io.EOF {
			return fail(err, true)
		}
		return fail(ErrMark, false)
	}
	var varint []byte
	for {
		b, err := r.in.ReadByte()
		if err != nil {
			return ended(err)
		}
		r.offset++
		varint = append(varint, b)
		if b < 0x80 {
			break
		}
		if len(varint) == 3 {
			return fail(ErrTooLong, true)
		}
	}
	size, _ := binary.Uvarint(varint)
	if size > MaxLength {
		return fail(ErrTooLong, true)
	}
	content := make([]byte, size)
	var sum uint32
	if _, err := io.ReadFull(r.in, content); err != nil {
		if err == io.ErrUnexpectedEOF {
			err = io.EOF
		}
		return ended(err)
	}
	if err := binary.Read(r.in, binary.LittleEndian, &sum); err != nil {
		if err == io.ErrUnexpectedEOF {
			err = io.EOF
		}
		return ended(err)
	}
	r.offset += int64(size) + 4
	if sum != crc32.ChecksumIEEE(content) {
		return fail(ErrChecksum, false)
	}
	return content, nil
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
