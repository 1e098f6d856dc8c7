package selector

import "fmt"

func ExampleParse() {
	selector, err := Parse(" env = prod | test ,tier!=db")
	fmt.Println(selector, err)
	selector, err = Parse("  ")
	fmt.Println(len(selector), err)
	_, err = Parse("env=prod,")
	fmt.Println(err != nil)
	_, err = Parse("env")
	fmt.Println(err != nil)
	_, err = Parse("!=db")
	fmt.Println(err != nil)
	// Output:
	// env=prod|test,tier!=db <nil>
	// 0 <nil>
	// true
	// true
	// true
}

func ExampleSelector_Matches() {
	selector, _ := Parse("env=prod|test,tier!=db")
	fmt.Println(selector.Matches(map[string]string{"env": "test", "tier": "web"}))
	fmt.Println(selector.Matches(map[string]string{"env": "prod"}))
	fmt.Println(selector.Matches(map[string]string{"env": "prod", "tier": "db"}))
	fmt.Println(selector.Matches(map[string]string{"tier": "web"}))
	fmt.Println(Selector{}.Matches(nil))
	// Output:
	// true
	// false
	// false
	// false
	// true
}

func ExampleSelector_Matches_empty() {
	selector, _ := Parse("owner=")
	fmt.Println(selector.Matches(map[string]string{"owner": ""}), selector.Matches(nil))
	// Output: true false
}

func ExampleSelector_String() {
	selector, _ := Parse("b!=2|1, a=1")
	fmt.Println(selector.String())
	// Output: a=1,b!=2|1
}

func ExampleKeys() {
	first, _ := Parse("b=1,a=1,b!=2")
	second, _ := Parse("c=1,a=2")
	fmt.Println(Keys(first, second), len(Keys()))
	// Output: [b a c] 0
}
