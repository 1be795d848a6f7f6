package io.vellamo.actors.calls;

import java.util.concurrent.Executor;

/**
 * The threads that call the functions of a query, and the tracking of the calls.
 *
 * @param dispatcher the id of the dispatcher of its functions, where groups run
 * @param executor the same dispatcher, for tasks
 * @param calls tracks the calls
 */
public record FunctionCalls(String dispatcher, Executor executor, UserCalls calls) {}
