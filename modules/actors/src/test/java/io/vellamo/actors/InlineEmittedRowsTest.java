package io.vellamo.actors;

/** Rows of groups that their shard calls itself. */
final class InlineEmittedRowsTest extends EmittedRowsCases {
  InlineEmittedRowsTest() {
    super("inline");
  }
}
