package shelf

import "fmt"

func ExampleParse() {
	fmt.Println(Parse(" b-7-2\n"))
	fmt.Println(Parse("A-99-0"))
	// Output:
	// B-07-2 <nil>
	// A-99-0 <nil>
}

func ExampleParse_wrong() {
	for _, text := range []string{"A-100-1", "A-0-1", "A-1-10", "A-1", "-1-1"} {
		_, err := Parse(text)
		fmt.Println(text, err != nil)
	}
	// Output:
	// A-100-1 true
	// A-0-1 true
	// A-1-10 true
	// A-1 true
	// -1-1 true
}

func ExampleCode_String() {
	fmt.Println(Code{"C", 4, 1}.String(), Code{"C", 12, 0})
	// Output: C-04-1 C-12-0
}

func ExampleCode_Before() {
	fmt.Println("up", Code{"A", 2, 9}.Before(Code{"A", 10, 0}))
	fmt.Println("down", Code{"B", 2, 9}.Before(Code{"B", 10, 0}))
	fmt.Println("next aisle", Code{"A", 9, 9}.Before(Code{"B", 1, 0}))
	fmt.Println("level", Code{"B", 3, 0}.Before(Code{"B", 3, 1}))
	fmt.Println("same", Code{"B", 3, 1}.Before(Code{"B", 3, 1}))
	// Output:
	// up true
	// down true
	// next aisle true
	// level true
	// same false
}
