package io.vellamo.samples.guide;

import java.time.Instant;

record Session(String user, Instant start, Instant end, int clicks) {}
