// Package thermostat reads what people set on a heater's page.
package thermostat

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ParseTarget reads a temperature, such as “21 °C”, in whole degrees.
func ParseTarget(text string) (int, error) {
	const name, unit, low, high = "target", "°C", 5, 30
	number := strings.TrimSpace(text)
	number = strings.TrimSuffix(number, unit)
	number = strings.TrimSpace(number)
	if number == "" {
		return 0, errors.New(name + " is missing")
	}
	value, err := strconv.Atoi(number)
	if err != nil {
		return 0, fmt.Errorf("%s: %q is no number", name, number)
	}
	if value < low || value > high {
		return 0, fmt.Errorf("%s: %d is not from %d to %d", name, value, low, high)
	}
	return value, nil
}

// ParseFan reads the speed of the fan, such as “40%”, in steps of ten.
func ParseFan(text string) (int, error) {
	const name, unit, low, high = "fan", "%", 0, 100
	number := strings.TrimSpace(text)
	number = strings.TrimSuffix(number, unit)
	number = strings.TrimSpace(number)
	if number == "" {
		return 0, errors.New(name + " is missing")
	}
	value, err := strconv.Atoi(number)
	if err != nil {
		return 0, fmt.Errorf("%s: %q is no number", name, number)
	}
	if value < low || value > high {
		return 0, fmt.Errorf("%s: %d is not from %d to %d", name, value, low, high)
	}
	if value%10 != 0 {
		return 0, fmt.Errorf("fan: %d is no step of 10", value)
	}
	return value, nil
}

// ParseDelay reads how long to wait, such as “15min”, and gives seconds.
func ParseDelay(text string) (int, error) {
	const name, unit, low, high = "delay", "min", 1, 1440
	number := strings.TrimSpace(text)
	number = strings.TrimSuffix(number, unit)
	number = strings.TrimSpace(number)
	if number == "" {
		return 0, errors.New(name + " is missing")
	}
	value, err := strconv.Atoi(number)
	if err != nil {
		return 0, fmt.Errorf("%s: %q is no number", name, number)
	}
	if value < low || value > high {
		return 0, fmt.Errorf("%s: %d is not from %d to %d", name, value, low, high)
	}
	return value * 60, nil
}
