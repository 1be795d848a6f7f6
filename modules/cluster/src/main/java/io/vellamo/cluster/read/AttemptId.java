package io.vellamo.cluster.read;

import io.vellamo.engine.protocol.Fence;

/**
 * The identification of an attempt to run an epoch.
 *
 * @param incarnation the run of the query
 * @param epoch the epoch
 * @param number the number of the attempt
 */
record AttemptId(long incarnation, long epoch, long number) {
  static AttemptId of(Fence fence) {
    return new AttemptId(fence.incarnation(), fence.epoch(), fence.attempt());
  }
}
