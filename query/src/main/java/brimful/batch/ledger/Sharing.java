package brimful.batch.ledger;

import brimful.kafka.Cluster;

/// Where workers share a batch.
///
/// @param name of the batch on the cluster; workers of the same name share one
public record Sharing(Cluster cluster, String name) {}
