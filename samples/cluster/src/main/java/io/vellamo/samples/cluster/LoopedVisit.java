package io.vellamo.samples.cluster;

import java.time.Instant;

/** A visit of a user. */
record LoopedVisit(String user, Instant time) {}
