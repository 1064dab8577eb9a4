package brimful.service;

import brimful.ask.Reply;
import brimful.model.Usage;
import java.time.Duration;

/// What a call brought, and what was booked for it.
///
/// @param usage what the provider says it used; our own count of an answer where it does not say;
///   nothing where there is no whole answer
/// @param usd what was booked: the price of the usage, or the most the call can have cost
/// @param mayBeBilled whether nobody knows if the call was billed: it broke off, or was given up
/// @param retryAfter when the provider wants to be asked again; zero if it does not say
public record PaidReply(
    Reply reply, Usage usage, double usd, boolean mayBeBilled, Duration retryAfter) {}
