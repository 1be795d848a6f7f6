package io.vellamo.actors;

import io.vellamo.actors.calls.CallThreads;
import io.vellamo.actors.settings.VellamoSettings;
import org.apache.pekko.actor.typed.AbstractExtensionSetup;

/** Vellamo with threads of a test's choice, for all who ask an actor system for it. */
public final class SeededVellamo extends AbstractExtensionSetup<Vellamo> {
  /** Lets Vellamo use these threads. */
  public SeededVellamo(CallThreads threads) {
    super(
        Vellamo.Id.instance(),
        system -> new Vellamo(system, VellamoSettings.from(system.settings().config()), threads));
  }
}
