package io.vellamo.actors.io;

import io.vellamo.api.source.Offsets;
import io.vellamo.engine.epoch.EpochShare;

/**
 * The request to read a share of an epoch's ranges.
 *
 * @param share the share
 * @param attempt the attempt to run the epoch
 * @param shards the number of shards of each operator
 * @param keepsEvents whether groups get each event, so that none are reduced before
 * @param committed the offsets that the query has committed, from which sources are opened
 */
public record ShareRequest(
    EpochShare share, long attempt, int shards, boolean keepsEvents, Offsets committed) {}
