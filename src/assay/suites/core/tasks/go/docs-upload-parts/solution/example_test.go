package parts

import "fmt"

func ExampleRange_Header() {
	fmt.Println(Range{0, 5}.Header(12))
	fmt.Println(Range{11, 12}.Header(12))
	fmt.Println(Range{3, 3}.Header(12))
	// Output:
	// bytes 0-4/12
	// bytes 11-11/12
	// bytes */12
}

func ExampleSize() {
	fmt.Println(Size(0), Size(50), Size(51), Size(60), Size(61))
	// Output: 5 5 6 6 7
}

func ExamplePlan() {
	fmt.Println(Plan(12, 5))
	fmt.Println(Plan(10, 5))
	fmt.Println(Plan(0, 5))
	// Output:
	// [{0 5} {5 10} {10 12}] <nil>
	// [{0 5} {5 10}] <nil>
	// [] <nil>
}

func ExamplePlan_refused() {
	plan, err := Plan(50, 5)
	fmt.Println(len(plan), err)
	_, err = Plan(51, 5)
	fmt.Println(err != nil)
	_, err = Plan(8, 4)
	fmt.Println(err != nil)
	_, err = Plan(-1, 5)
	fmt.Println(err != nil)
	// Output:
	// 10 <nil>
	// true
	// true
	// true
}

func ExampleMissing() {
	fmt.Println(Missing(20, Range{10, 15}, Range{0, 5}))
	fmt.Println(Missing(20, Range{0, 12}, Range{3, 5}, Range{12, 14}))
	fmt.Println(Missing(20, Range{18, 30}, Range{7, 7}))
	fmt.Println(Missing(20, Range{25, 30}))
	fmt.Println(Missing(20, Range{0, 20}), Missing(0))
	// Output:
	// [{5 10} {15 20}]
	// [{14 20}]
	// [{0 18}]
	// [{0 20}]
	// [] []
}

func ExampleMissing_untouched() {
	done := []Range{{10, 15}, {0, 5}}
	Missing(20, done...)
	fmt.Println(done)
	// Output: [{10 15} {0 5}]
}
