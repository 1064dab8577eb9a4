package gateway

import (
	"math/rand"
	"time"
)

// Attempts is how often a command to a valve is sent before the valve counts as lost.
const Attempts = 5

// Backoff returns the pause before the next attempt: doubled each time, with jitter, so that two
// gateways in one house do not talk over each other forever.
func Backoff(attempt int, random *rand.Rand) time.Duration {
	base := 200 * time.Millisecond << attempt
	return base/2 + time.Duration(random.Int63n(int64(base)))
}

// Deliver sends a command until it is acknowledged.
func Deliver(command []byte, send func([]byte) bool, sleep func(time.Duration), random *rand.Rand) bool {
	for attempt := 0; attempt < Attempts; attempt++ {
		if send(command) {
			return true
		}
		sleep(Backoff(attempt, random))
	}
	return false
}
