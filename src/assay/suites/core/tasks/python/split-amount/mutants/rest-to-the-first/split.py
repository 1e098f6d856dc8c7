"""Splitting an amount of money without losing or inventing a cent."""


def split_amount(total: int, weights: list[int]) -> list[int]:
    """Divide `total` cents in proportion to `weights`, largest remainders first."""
    if not weights or any(weight < 0 for weight in weights) or not any(weights):
        raise ValueError("weights must be non-negative and not all zero")

    sign = -1 if total < 0 else 1
    whole = sum(weights)
    shares, remainders = [], []
    for weight in weights:
        share, remainder = divmod(abs(total) * weight, whole)
        shares.append(share)
        remainders.append(remainder)

    left_over = abs(total) - sum(shares)
    by_remainder = [index for index, weight in enumerate(weights) if weight]
    for index in by_remainder[:left_over]:
        shares[index] += 1
    return [sign * share for share in shares]
