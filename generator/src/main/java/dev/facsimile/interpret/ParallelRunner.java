// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Runs many independent inputs on several threads, each with an interpreter of its own. Results
 * come in the order of the inputs, so they do not depend on the number of threads.
 */
public final class ParallelRunner {
  private final int threads;

  /**
   * A runner of {@code threads} threads.
   *
   * @param threads 1 or more
   */
  public ParallelRunner(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be >= 1 but was " + threads);
    }
    this.threads = threads;
  }

  /** As many threads as the machine has processors. */
  public static ParallelRunner onAllProcessors() {
    return new ParallelRunner(Runtime.getRuntime().availableProcessors());
  }

  /** Work on one input. */
  @FunctionalInterface
  public interface Work<W, R> {
    R apply(W worker, int index);
  }

  /**
   * {@code work} applied to 0 .. count-1.
   *
   * @param worker makes what one thread works with: {@code interpreter::fork}
   * @param progress hears how many are done, 1 .. count in order, from any thread but never from
   *     two at once
   * @return the results by index
   */
  public <W, R> List<R> map(
      int count, Supplier<W> worker, Work<? super W, ? extends R> work, IntConsumer progress) {
    List<R> results = new ArrayList<>(Collections.nCopies(count, null));
    AtomicInteger next = new AtomicInteger();
    Object lock = new Object();
    AtomicInteger done = new AtomicInteger();
    Runnable stop = () -> next.set(count);
    Runnable task =
        () -> {
          try {
            W mine = worker.get();
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
              R result = work.apply(mine, i);
              synchronized (lock) {
                results.set(i, result);
                progress.accept(done.incrementAndGet());
              }
            }
          } finally {
            // Nothing is left for the others: either all is done or this thread has failed.
            stop.run();
          }
        };
    runAll(Math.min(threads, count), task, stop);
    return results;
  }

  /** As {@link #map} without progress. */
  public <W, R> List<R> map(int count, Supplier<W> worker, Work<? super W, ? extends R> work) {
    return map(count, worker, work, done -> {});
  }

  /**
   * {@code task} on every thread until all have ended.
   *
   * @param stop makes the tasks end early
   */
  private static void runAll(int threads, Runnable task, Runnable stop) {
    if (threads <= 1) {
      task.run();
      return;
    }
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        futures.add(executor.submit(task));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running inputs", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      stop.run();
      executor.shutdownNow();
    }
  }
}
