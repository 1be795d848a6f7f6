package io.vellamo.actors.seeded;

import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.setup.Setup;

/** What classes that Pekko creates by name need to know. */
final class SeededSetup extends Setup {
  private final SeededTasks tasks;
  private final SeededStore store;

  SeededSetup(SeededTasks tasks, SeededStore store) {
    this.tasks = tasks;
    this.store = store;
  }

  static SeededSetup of(ActorSystem.Settings settings) {
    return settings.setup().get(SeededSetup.class).orElseThrow();
  }

  SeededTasks tasks() {
    return tasks;
  }

  SeededStore store() {
    return store;
  }
}
