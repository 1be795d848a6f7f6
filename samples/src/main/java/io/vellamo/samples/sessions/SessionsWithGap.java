package io.vellamo.samples.sessions;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.replay.Replacement;
import io.vellamo.replay.ReplacementProvider;
import io.vellamo.samples.run.DurationOption;
import java.time.Duration;
import java.util.Map;

/** The sample's function with another gap, for a replay: {@code --option gap=PT300S}. */
public final class SessionsWithGap implements ReplacementProvider {
  /** Creates the provider; the command line does so. */
  public SessionsWithGap() {}

  @Override
  public Replacement<?, ?, ?, ?> replacement(Map<String, String> options) {
    Duration gap = DurationOption.positive("gap", options.getOrDefault("gap", "PT60S"));
    return Replacement.flatMapGroupsWithState(
        GroupStateTimeout.EVENT_TIME, OpenSessions.class, new Sessionize(gap));
  }
}
