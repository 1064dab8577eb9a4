// Package gateway talks to sensors and valves by radio.
package gateway

import (
	"crypto/rand"
	"errors"
	"time"
)

// ListenFor is how long the gateway waits for a new sensor.
const ListenFor = 90 * time.Second

// ErrForeign means that a sensor still has the key of another gateway.
var ErrForeign = errors.New("sensor is paired with another gateway: reset it")

// Hello is what a sensor sends while its button is held.
type Hello struct {
	Serial uint32
	Paired bool
}

// Pair waits for a sensor and gives it a fresh 16-byte key.
func Pair(air <-chan Hello, send func(serial uint32, key []byte) error) (uint32, error) {
	timeout := time.After(ListenFor)
	select {
	case hello := <-air:
		if hello.Paired {
			return 0, ErrForeign
		}
		key := make([]byte, 16)
		if _, err := rand.Read(key); err != nil {
			return 0, err
		}
		return hello.Serial, send(hello.Serial, key)
	case <-timeout:
		return 0, errors.New("no sensor answered: hold its button until the lamp is blue")
	}
}
