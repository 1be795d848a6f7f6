package io.vellamo.samples.guide;

import java.time.Instant;

record Click(String user, Instant time, boolean isBot) {}
