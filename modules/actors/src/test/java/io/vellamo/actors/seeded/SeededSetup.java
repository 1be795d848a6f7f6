package io.vellamo.actors.seeded;

import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.setup.Setup;

/** The bag of tasks and the store, for classes that Pekko creates by name. */
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
