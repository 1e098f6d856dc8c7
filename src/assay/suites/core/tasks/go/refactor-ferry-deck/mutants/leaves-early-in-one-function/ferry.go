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

// Place names the deck for a vehicle: "upper", "lower" or "open".
func Place(vehicle Vehicle, ferry Ferry) (string, error) {
	if vehicle.Length <= 0 || vehicle.Height <= 0 {
		return "", errors.New("no size")
	}
	switch vehicle.Kind {
	case "bike", "car", "van", "truck":
	default:
		return "", fmt.Errorf("unknown kind: %s", vehicle.Kind)
	}
	if vehicle.Cargo == "fuel" {
		if vehicle.Kind != "truck" {
			return "", fmt.Errorf("no fuel in a %s", vehicle.Kind)
		}
		if ferry.HasAnimal {
			return "", errors.New("no fuel beside animals")
		}
		if !vehicle.Booked {
			return "", errors.New("fuel has to be booked")
		}
		if ferry.OpenDeck < vehicle.Length+100 {
			return "", errors.New("no room on the open deck")
		}
		return "open", nil
	}
	fitsUpper := vehicle.Height <= 220 && ferry.Upper >= vehicle.Length+50
	if vehicle.Cargo == "animals" {
		if ferry.OpenDeck >= vehicle.Length+50 {
			return "open", nil
		}
		if fitsUpper {
			return "upper", nil
		}
		return "", errors.New("no room with air")
	}
	if vehicle.Kind == "bike" || vehicle.Kind != "truck" && fitsUpper {
		return "upper", nil
	}
	if vehicle.Height > 450 {
		return "", fmt.Errorf("too high: %d cm", vehicle.Height)
	}
	if ferry.Lower >= vehicle.Length+50 {
		return "lower", nil
	}
	if vehicle.Booked && ferry.OpenDeck >= vehicle.Length+100 {
		return "open", nil
	}
	return "", fmt.Errorf("no room for %d cm", vehicle.Length)
}
