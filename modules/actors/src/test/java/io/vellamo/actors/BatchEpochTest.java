package io.vellamo.actors;

/** The only epoch of a batch. */
final class BatchEpochTest extends EpochContract {
  BatchEpochTest() {
    super(new BatchDriver());
  }
}
