#include <map>
#include <string>
#include <vector>

#include "money.hpp"

// What is invoiced, or given back: so many of it, each at that price.
struct Line {
    int quantity;
    std::string price;
    int discount;
    int vat;
};

struct Totals {
    std::string net;
    std::string vat;
    std::string gross;
};

Totals totals(const std::vector<Line>& lines) {
    long long net = 0;
    long long vat = 0;
    for (const Line& line : lines) {
        long long amount = line.quantity * parse_cents(line.price);
        amount -= part_of(amount, line.discount);
        net += amount;
        vat += part_of(amount, line.vat);
    }
    return {format_cents(net), format_cents(vat), format_cents(net + vat)};
}
