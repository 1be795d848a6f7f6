package io.vellamo.actors;

/** Epochs of a local run. */
final class LocalEpochTest extends StreamContract {
  LocalEpochTest() {
    super(new LocalDriver());
  }
}
