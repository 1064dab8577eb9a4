package brimful.service;

import brimful.ask.Reply;
import brimful.model.Usage;
import java.time.Duration;

/// The reply to a call, and what was booked for it.
///
/// @param usage as the provider reports it, or our own count of an answer; nothing without a
///   complete answer
/// @param usd what was booked: the price of the usage, or the call's highest cost
/// @param mayBeBilled whether it is unknown what the call was billed, because it broke off, was
///   given up, or reports a usage that cannot be true
/// @param retryAfter when the provider wants the next request; zero if it does not say
public record PaidReply(
    Reply reply, Usage usage, double usd, boolean mayBeBilled, Duration retryAfter) {}
