package io.vellamo.samples.cluster;

import java.time.Instant;

/** A session of a user: visits with no long gap between them. */
record VisitSession(String userName, Instant startedAt, Instant endedAt, long visits) {}
