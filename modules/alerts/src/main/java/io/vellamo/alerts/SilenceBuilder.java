package io.vellamo.alerts;

/**
 * A builder of a rule that is violated by a key without events; see {@link
 * AlertRule#whenSilentFor}.
 *
 * @param <V> the events
 * @since 0.1
 */
public final class SilenceBuilder<V> extends AlertRuleBuilder<V, SilenceBuilder<V>> {
  SilenceBuilder(RuleSettings<V> settings) {
    super(settings);
  }

  @Override
  SilenceBuilder<V> with(RuleSettings<V> newSettings) {
    return new SilenceBuilder<>(newSettings);
  }
}
