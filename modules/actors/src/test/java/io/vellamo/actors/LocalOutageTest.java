package io.vellamo.actors;

/** Outages of sources and sinks, with a local run. */
final class LocalOutageTest extends OutageCases {
  LocalOutageTest() {
    super(new LocalDriver());
  }
}
