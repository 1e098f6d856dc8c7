// Package ferry decides on which deck a vehicle goes.
package ferry

import (
	"errors"
	"fmt"
)

// Vehicle is what drives aboard.
type Vehicle struct {
	Kind   string // "bike", "car", "van" or "truck"
	Length int    // centimetres
	Height int    // centimetres
	Cargo  string // "", "food", "fuel" or "animals"
	Booked bool
}

// Ferry is what is left of its decks, in centimetres.
type Ferry struct {
	Upper     int
	Lower     int
	OpenDeck  int
	HasAnimal bool
}

const (
	gap     = 50  // between two vehicles
	wideGap = 100 // on the open deck

	upperHeight = 220
	lowerHeight = 450
)

var kinds = map[string]bool{"bike": true, "car": true, "van": true, "truck": true}

// Place names the deck for a vehicle: "upper", "lower" or "open".
func Place(vehicle Vehicle, ferry Ferry) (string, error) {
	if vehicle.Length <= 0 || vehicle.Height <= 0 {
		return "", errors.New("no size")
	}
	if !kinds[vehicle.Kind] {
		return "", fmt.Errorf("unknown kind: %s", vehicle.Kind)
	}
	switch vehicle.Cargo {
	case "fuel":
		return placeFuel(vehicle, ferry)
	case "animals":
		return placeAnimals(vehicle, ferry)
	}
	return placeUsual(vehicle, ferry)
}

func placeFuel(vehicle Vehicle, ferry Ferry) (string, error) {
	if vehicle.Kind != "truck" {
		return "", fmt.Errorf("no fuel in a %s", vehicle.Kind)
	}
	if ferry.HasAnimal {
		return "", errors.New("no fuel beside animals")
	}
	if !vehicle.Booked {
		return "", errors.New("fuel has to be booked")
	}
	if ferry.OpenDeck < vehicle.Length+wideGap {
		return "", errors.New("no room on the open deck")
	}
	return "open", nil
}

func placeAnimals(vehicle Vehicle, ferry Ferry) (string, error) {
	if ferry.OpenDeck >= vehicle.Length+gap {
		return "open", nil
	}
	if fitsUpper(vehicle, ferry) {
		return "upper", nil
	}
	return "", errors.New("no room with air")
}

func placeUsual(vehicle Vehicle, ferry Ferry) (string, error) {
	if vehicle.Kind == "bike" {
		return "upper", nil
	}
	if vehicle.Kind != "truck" && fitsUpper(vehicle, ferry) {
		return "upper", nil
	}
	if vehicle.Height > lowerHeight {
		return "", fmt.Errorf("too high: %d cm", vehicle.Height)
	}
	return placeBelow(vehicle, ferry)
}

// placeBelow looks for room where nothing is too high for.
func placeBelow(vehicle Vehicle, ferry Ferry) (string, error) {
	if !vehicle.Booked && ferry.Lower >= vehicle.Length+gap {
		return "lower", nil
	}
	if vehicle.Booked && ferry.OpenDeck >= vehicle.Length+wideGap {
		return "open", nil
	}
	return "", fmt.Errorf("no room for %d cm", vehicle.Length)
}

func fitsUpper(vehicle Vehicle, ferry Ferry) bool {
	return vehicle.Height <= upperHeight && ferry.Upper >= vehicle.Length+gap
}
