"""What a person reads: standings, boards, CSV, the HTML report, one trial in full. Knows tables and
intervals; refuses to run anything. Functions take what was read and return values; the caller prints."""
