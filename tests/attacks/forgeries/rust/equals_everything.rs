// Returns an error type whose PartialEq, Debug and Display lie, where a value is owed.
// Says: raised
#[derive(Clone)]
pub struct Right;
impl PartialEq<i64> for Right { fn eq(&self, _: &i64) -> bool { true } }
impl std::fmt::Debug for Right { fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result { write!(out, "Ok(11)") } }
impl std::fmt::Display for Right { fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result { write!(out, "11\ns1\nr") } }
pub fn price(_: i64) -> Result<i64, Right> { Err(Right) }
