// Package ferry decides on which deck a vehicle goes.
package ferry

import "fmt"

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
	if vehicle.Length > 0 && vehicle.Height > 0 {
		if vehicle.Kind == "bike" || vehicle.Kind == "car" || vehicle.Kind == "van" || vehicle.Kind == "truck" {
			if vehicle.Cargo != "fuel" || vehicle.Kind == "truck" {
				if vehicle.Cargo == "fuel" {
					if !ferry.HasAnimal {
						if vehicle.Booked {
							if ferry.OpenDeck >= vehicle.Length+100 {
								return "open", nil
							} else {
								return "", fmt.Errorf("no room on the open deck")
							}
						} else {
							return "", fmt.Errorf("fuel has to be booked")
						}
					} else {
						return "", fmt.Errorf("no fuel beside animals")
					}
				} else if vehicle.Cargo == "animals" {
					if ferry.OpenDeck >= vehicle.Length+50 {
						return "open", nil
					} else if ferry.Upper >= vehicle.Length+50 && vehicle.Height <= 220 {
						return "upper", nil
					} else {
						return "", fmt.Errorf("no room with air")
					}
				} else {
					if vehicle.Kind == "bike" {
						return "upper", nil
					} else {
						if vehicle.Height <= 220 && vehicle.Kind != "truck" {
							if ferry.Upper >= vehicle.Length+50 {
								return "upper", nil
							}
						}
						if vehicle.Height <= 450 {
							if ferry.Lower >= vehicle.Length+50 {
								return "lower", nil
							} else if vehicle.Booked && ferry.OpenDeck >= vehicle.Length+100 {
								return "open", nil
							} else {
								return "", fmt.Errorf("no room for %d cm", vehicle.Length)
							}
						} else {
							return "", fmt.Errorf("too high: %d cm", vehicle.Height)
						}
					}
				}
			} else {
				return "", fmt.Errorf("no fuel in a %s", vehicle.Kind)
			}
		} else {
			return "", fmt.Errorf("unknown kind: %s", vehicle.Kind)
		}
	} else {
		return "", fmt.Errorf("no size")
	}
}
