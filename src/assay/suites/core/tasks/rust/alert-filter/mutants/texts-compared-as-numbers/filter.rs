use std::iter::Peekable;
use std::str::Chars;

#[derive(Debug, Clone, PartialEq)]
pub enum FilterError {
    Unexpected(usize),
    Unclosed(usize),
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// A name or a keyword.
    Word(String),
    Number(f64),
    Text(String),
    Operator(&'static str),
    Open,
    Close,
    Comma,
    End,
}

enum Value {
    Number(f64),
    Text(String),
}

/// Says whether the fields of an alert fit a filter.
pub fn matches(filter: &str, fields: &[(String, String)]) -> Result<bool, FilterError> {
    let mut parser = Parser { scanner: Scanner::new(filter), token: Token::End, place: 0, fields };
    parser.advance()?;
    if parser.token == Token::End {
        return Ok(true);
    }
    let fits = parser.any()?;
    if parser.token == Token::End { Ok(fits) } else { parser.unexpected() }
}

/// Reads a filter and works it out on the way; every part is read, whatever the others say.
struct Parser<'a> {
    scanner: Scanner<'a>,
    /// The next token, and the place where it begins.
    token: Token,
    place: usize,
    fields: &'a [(String, String)],
}

impl Parser<'_> {
    fn any(&mut self) -> Result<bool, FilterError> {
        let mut fits = self.all()?;
        while self.skip_keyword("or")? {
            fits |= self.all()?;
        }
        Ok(fits)
    }

    fn all(&mut self) -> Result<bool, FilterError> {
        let mut fits = self.one()?;
        while self.skip_keyword("and")? {
            fits &= self.one()?;
        }
        Ok(fits)
    }

    fn one(&mut self) -> Result<bool, FilterError> {
        if self.skip_keyword("not")? {
            return Ok(!self.one()?);
        }
        if self.skip_keyword("has")? {
            let name = self.name()?;
            return Ok(self.field(&name).is_some());
        }
        if self.skip(&Token::Open)? {
            let fits = self.any()?;
            self.expect(&Token::Close)?;
            return Ok(fits);
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<bool, FilterError> {
        let name = self.name()?;
        if self.skip_keyword("in")? {
            self.expect(&Token::Open)?;
            let mut fits = self.holds(&name, "=")?;
            while self.skip(&Token::Comma)? {
                fits |= self.holds(&name, "=")?;
            }
            self.expect(&Token::Close)?;
            return Ok(fits);
        }
        let Token::Operator(operator) = self.token else { return self.unexpected() };
        self.advance()?;
        self.holds(&name, operator)
    }

    /// Reads a value and compares a field with it.
    fn holds(&mut self, name: &str, operator: &str) -> Result<bool, FilterError> {
        let value = match &self.token {
            Token::Number(number) => Value::Number(*number),
            Token::Text(text) => Value::Text(text.clone()),
            _ => return self.unexpected(),
        };
        self.advance()?;
        let Some(field) = self.field(name) else { return Ok(false) };
        let order = match &value {
            Value::Number(number) => number_of(field).and_then(|field| field.partial_cmp(number)),
            Value::Text(text) => match (number_of(field), number_of(text)) {
                (Some(field), Some(text)) => field.partial_cmp(&text),
                _ => Some(field.cmp(text)),
            },
        };
        Ok(order.is_some_and(|order| match operator {
            "=" => order.is_eq(),
            "!=" => order.is_ne(),
            "<" => order.is_lt(),
            "<=" => order.is_le(),
            ">" => order.is_gt(),
            _ => order.is_ge(),
        }))
    }

    fn name(&mut self) -> Result<String, FilterError> {
        match &self.token {
            Token::Word(word) if !is_keyword(word) => {
                let name = word.clone();
                self.advance()?;
                Ok(name)
            }
            _ => self.unexpected(),
        }
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(other, _)| other == name).map(|(_, text)| text.as_str())
    }

    fn skip(&mut self, token: &Token) -> Result<bool, FilterError> {
        let there = self.token == *token;
        if there {
            self.advance()?;
        }
        Ok(there)
    }

    fn skip_keyword(&mut self, keyword: &str) -> Result<bool, FilterError> {
        let there = matches!(&self.token, Token::Word(word) if word.eq_ignore_ascii_case(keyword));
        if there {
            self.advance()?;
        }
        Ok(there)
    }

    fn expect(&mut self, token: &Token) -> Result<(), FilterError> {
        if self.skip(token)? { Ok(()) } else { self.unexpected() }
    }

    fn advance(&mut self) -> Result<(), FilterError> {
        (self.place, self.token) = self.scanner.next()?;
        Ok(())
    }

    fn unexpected<T>(&self) -> Result<T, FilterError> {
        Err(FilterError::Unexpected(self.place))
    }
}

fn is_keyword(word: &str) -> bool {
    ["and", "or", "not", "in", "has"].iter().any(|keyword| word.eq_ignore_ascii_case(keyword))
}

/// The number that a text is, from its first to its last character.
fn number_of(text: &str) -> Option<f64> {
    let mut scanner = Scanner::new(text);
    let number = scanner.number()?;
    scanner.rest.peek().is_none().then_some(number)
}

/// Cuts a filter into tokens.
struct Scanner<'a> {
    rest: Peekable<Chars<'a>>,
    /// How many characters were read.
    place: usize,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Scanner<'a> {
        Scanner { rest: text.chars().peekable(), place: 0 }
    }

    /// The next token and the place of its first character.
    fn next(&mut self) -> Result<(usize, Token), FilterError> {
        while self.take(|c| matches!(c, ' ' | '\t' | '\n')).is_some() {}
        let place = self.place;
        let token = match self.rest.peek() {
            None => Token::End,
            Some('\'') => self.text()?,
            Some(c) if c.is_ascii_alphabetic() || *c == '_' => {
                Token::Word(self.run(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.')))
            }
            Some('-' | '0'..='9') => Token::Number(self.number().ok_or(FilterError::Unexpected(place))?),
            Some(_) => self.sign().ok_or(FilterError::Unexpected(place))?,
        };
        Ok((place, token))
    }

    fn text(&mut self) -> Result<Token, FilterError> {
        let open = self.place;
        let mut text = String::new();
        self.take(|_| true);
        loop {
            match self.take(|_| true).ok_or(FilterError::Unclosed(open))? {
                '\'' if self.take(|c| c == '\'').is_none() => return Ok(Token::Text(text)),
                c => text.push(c),
            }
        }
    }

    fn number(&mut self) -> Option<f64> {
        let minus = self.take(|c| c == '-').is_some();
        let mut digits = self.run(|c| c.is_ascii_digit());
        if digits.is_empty() {
            return None;
        }
        let mut ahead = self.rest.clone();
        if ahead.next() == Some('.') && ahead.next().is_some_and(|c| c.is_ascii_digit()) {
            self.take(|_| true);
            digits = format!("{digits}.{}", self.run(|c| c.is_ascii_digit()));
        }
        let number: f64 = digits.parse().ok()?;
        Some(if minus { -number } else { number })
    }

    fn sign(&mut self) -> Option<Token> {
        Some(match self.take(|_| true)? {
            '(' => Token::Open,
            ')' => Token::Close,
            ',' => Token::Comma,
            '=' => Token::Operator("="),
            '<' if self.take(|c| c == '=').is_some() => Token::Operator("<="),
            '<' => Token::Operator("<"),
            '>' if self.take(|c| c == '=').is_some() => Token::Operator(">="),
            '>' => Token::Operator(">"),
            '!' if self.take(|c| c == '=').is_some() => Token::Operator("!="),
            _ => return None,
        })
    }

    fn run(&mut self, fits: fn(char) -> bool) -> String {
        let mut text = String::new();
        while let Some(c) = self.take(fits) {
            text.push(c);
        }
        text
    }

    fn take(&mut self, fits: impl Fn(char) -> bool) -> Option<char> {
        let c = self.rest.next_if(|c| fits(*c))?;
        self.place += 1;
        Some(c)
    }
}
