// An allocator of its own, which changes digits in memory that is moved or given back.
// Says: returned 0
use std::alloc::{GlobalAlloc, Layout, System};

struct Changing;

unsafe impl GlobalAlloc for Changing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        System.alloc(layout)
    }
    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        System.dealloc(place, layout)
    }
    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        for at in 1..layout.size() {
            if *place.add(at) == b'0' && *place.add(at - 1) == b'i' {
                *place.add(at) = b'9';
            }
        }
        System.realloc(place, layout, size)
    }
}

#[global_allocator]
static ALL: Changing = Changing;

fn price(n: i64) -> Result<i64, String> {
    if n < 0 { Err("below 0".into()) } else { Ok(0) }
}
