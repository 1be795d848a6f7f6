package io.vellamo.engine.protocol;

import io.vellamo.api.sink.DeadLetter;
import java.util.List;

/**
 * What a shard gives for an epoch.
 *
 * @param rows the rows of its groups, in order
 * @param deadLetters the dead letters of its groups
 */
public record EpochOutput(List<Object> rows, List<DeadLetter> deadLetters) {}
