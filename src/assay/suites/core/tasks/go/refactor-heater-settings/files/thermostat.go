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
	trimmed := strings.TrimSpace(text)
	trimmed = strings.TrimSuffix(trimmed, "°C")
	trimmed = strings.TrimSpace(trimmed)
	if trimmed == "" {
		return 0, errors.New("target is missing")
	}
	value, err := strconv.Atoi(trimmed)
	if err != nil {
		return 0, fmt.Errorf("target: %q is no number", trimmed)
	}
	if value < 5 || value > 30 {
		return 0, fmt.Errorf("target: %d is not from 5 to 30", value)
	}
	return value, nil
}

// ParseFan reads the speed of the fan, such as “40%”, in steps of ten.
func ParseFan(text string) (int, error) {
	trimmed := strings.TrimSpace(text)
	trimmed = strings.TrimSuffix(trimmed, "%")
	trimmed = strings.TrimSpace(trimmed)
	if trimmed == "" {
		return 0, errors.New("fan is missing")
	}
	value, err := strconv.Atoi(trimmed)
	if err != nil {
		return 0, fmt.Errorf("fan: %q is no number", trimmed)
	}
	if value < 0 || value > 100 {
		return 0, fmt.Errorf("fan: %d is not from 0 to 100", value)
	}
	if value%10 != 0 {
		return 0, fmt.Errorf("fan: %d is no step of 10", value)
	}
	return value, nil
}

// ParseDelay reads how long to wait, such as “15min”, and gives seconds.
func ParseDelay(text string) (int, error) {
	trimmed := strings.TrimSpace(text)
	trimmed = strings.TrimSuffix(trimmed, "min")
	trimmed = strings.TrimSpace(trimmed)
	if trimmed == "" {
		return 0, errors.New("delay is missing")
	}
	value, err := strconv.Atoi(trimmed)
	if err != nil {
		return 0, fmt.Errorf("delay: %q is no number", trimmed)
	}
	if value < 1 || value > 1440 {
		return 0, fmt.Errorf("delay: %d is not from 1 to 1440", value)
	}
	return value * 60, nil
}
