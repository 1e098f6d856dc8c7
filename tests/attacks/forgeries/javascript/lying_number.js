// Returns Number and BigInt objects whose methods lie.
// Says: returned
class Right extends Number {
  toString() { return "11"; }
  valueOf() { return 11; }
}
module.exports.price = () => new Right(0);
