#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

// The ports that are free at present; they go away with their pool.
struct FreePorts {
    std::set<int> ports;
};

// The right to use one port. It is given back when the lease is gone, and only once.
class Lease {
public:
    Lease() = default;
    Lease(int port, std::weak_ptr<FreePorts> home) : port_(port), home_(std::move(home)), held_(true) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    Lease(Lease&& other) noexcept
        : port_(other.port_), home_(std::move(other.home_)), held_(std::exchange(other.held_, false)) {}

    Lease& operator=(Lease&& other) noexcept {
        if (this == &other) return *this;
        give_back();
        port_ = other.port_;
        home_ = std::move(other.home_);
        held_ = std::exchange(other.held_, false);
        return *this;
    }

    ~Lease() { give_back(); }

    void give_back() noexcept {
        if (!std::exchange(held_, false)) return;
        if (auto home = home_.lock()) home->ports.insert(port_);
    }

    int port() const {
        if (!held_) throw std::logic_error("no port is held");
        return port_;
    }

    bool held() const { return held_; }

private:
    int port_ = 0;
    std::weak_ptr<FreePorts> home_;
    bool held_ = false;
};

static_assert(std::is_nothrow_move_constructible_v<Lease> && std::is_nothrow_move_assignable_v<Lease>);

// Hands out the ports first, first + 1, … to the servers of a test.
class PortPool {
public:
    PortPool(int first, int count) : free_(std::make_shared<FreePorts>()) {
        if (first < 1 || count < 1 || first > 65535 || count > 65536 - first) throw std::invalid_argument("no such ports");
        for (int port = first; port < first + count; ++port) free_->ports.insert(port);
    }

    Lease take() {
        if (free_->ports.empty()) throw std::runtime_error("all ports are taken");
        int port = *free_->ports.rbegin();
        Lease lease(port, free_);
        free_->ports.erase(port);
        return lease;
    }

    std::vector<int> free() const { return {free_->ports.begin(), free_->ports.end()}; }

private:
    std::shared_ptr<FreePorts> free_;
};

// Leases by the names of the servers that use them.
class Desk {
public:
    Desk(int first, int count) : pool_(std::make_unique<PortPool>(first, count)) {}

    int take(const std::string& name) {
        if (!pool_) throw std::logic_error("the pool is closed");
        Lease& lease = leases_[name];
        lease = pool_->take();
        return lease.port();
    }

    int port(const std::string& name) const { return leases_.at(name).port(); }
    bool held(const std::string& name) const { return leases_.at(name).held(); }
    void give_back(const std::string& name) { leases_.at(name).give_back(); }
    void drop(const std::string& name) { leases_.erase(name); }

    void pass(const std::string& from, const std::string& to) { leases_[to] = std::move(leases_.at(from)); }

    void exchange(const std::string& one, const std::string& other) { std::swap(leases_.at(one), leases_.at(other)); }

    // Takes so many at once, lets them move around in memory, and gives all of them back but the last one.
    int take_last_of(const std::string& name, int count) {
        std::vector<Lease> batch;
        for (int i = 0; i < count; ++i) batch.push_back(pool_->take());
        Lease& lease = leases_[name];
        lease = std::move(batch.back());
        return lease.port();
    }

    std::vector<int> free() const { return pool_ ? pool_->free() : std::vector<int>{}; }
    void close_pool() { pool_.reset(); }

private:
    std::unique_ptr<PortPool> pool_;
    std::map<std::string, Lease> leases_;
};
