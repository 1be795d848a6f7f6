package io.vellamo.samples.guide;

import java.time.Instant;

record Visit(Instant start, Instant end, int clicks) {
  Visit with(Click click) {
    Instant from = click.time().isBefore(start) ? click.time() : start;
    Instant to = click.time().isAfter(end) ? click.time() : end;
    return new Visit(from, to, clicks + 1);
  }
}
