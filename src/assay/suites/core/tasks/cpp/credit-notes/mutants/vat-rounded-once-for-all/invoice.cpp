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
    std::map<int, long long> net_by_rate;
    for (const Line& line : lines) {
        long long amount = line.quantity * parse_cents(line.price);
        amount -= part_of(amount, line.discount);
        net += amount;
        net_by_rate[line.vat] += amount;
    }
    long long vat = 0;
    for (const auto& [rate, amount] : net_by_rate) vat += amount * rate;
    vat = part_of(vat, 1);
    return {format_cents(net), format_cents(vat), format_cents(net + vat)};
}
