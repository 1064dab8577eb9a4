/// The one way from a question to an answer, for every caller: rank, pack, reserve, call, settle,
/// check.
///
/// An [AskRequest] about a corpus comes in; a [Prepared] window and an [AskResult] go out. No other
/// package connects ranker, packer and asker. Budgets are in tokens, prices in USD. Every question
/// passes [Admission], and every call is booked in the [SpendLedger] before it leaves. Safe for
/// many threads; a question runs in its caller's thread, and an interrupt cancels it.
@NullMarked
package brimful.service;

import org.jspecify.annotations.NullMarked;
