"use client";
import { useEffect, useRef, useState } from "react";
import type { CodeWords } from "#components/dashboard/counter-words.ts";
import { Notice } from "#components/ui/notice.tsx";

/** The part of the Barcode Detection API that is used; TypeScript does not know it yet. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
declare global {
  interface Window {
    BarcodeDetector?: new (options: { formats: string[] }) => Detector;
  }
}

/** Wallets show a payment code as a barcode with a QR code below it, both of the same digits. */
const FORMATS = ["code_128", "qr_code"];
const LOOK_EVERY_MS = 150;
const PAYMENT_CODE = /^\d{16,24}$/;

/** Looks through the camera for a payment code; other codes in sight are passed over. The picture never leaves the browser. */
export default function CounterCamera({ words, found }: { words: CodeWords; found: (code: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const tell = useRef(found);
  const [problem, setProblem] = useState<"cameraDenied" | "cameraNone" | null>(null);
  tell.current = found;
  useEffect(() => {
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let over = false;
    const Known = window.BarcodeDetector;
    const look = async (detector: Detector) => {
      if (over || !video.current) return;
      const seen = await detector.detect(video.current).catch(() => []);
      const code = seen.map((one) => one.rawValue).find((text) => PAYMENT_CODE.test(text));
      if (over) return;
      if (code) {
        over = true;
        tell.current(code);
      } else timer = setTimeout(() => void look(detector), LOOK_EVERY_MS);
    };
    const start = async () => {
      if (!Known) return setProblem("cameraNone");
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: { ideal: "environment" } }, audio: false });
      if (over) return release(stream);
      if (!video.current) return;
      video.current.srcObject = stream;
      await video.current.play();
      await look(new Known({ formats: FORMATS }));
    };
    start().catch((error: unknown) => {
      const refused = error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "SecurityError");
      if (!over) setProblem(refused ? "cameraDenied" : "cameraNone");
    });
    return () => {
      over = true;
      if (timer) clearTimeout(timer);
      if (stream) release(stream);
    };
  }, []);
  if (problem) return <Notice kind="problem">{words[problem]}</Notice>;
  return (
    <figure className="grid gap-2">
      <video ref={video} muted playsInline className="aspect-video w-full rounded-card bg-black object-cover" />
      <figcaption className="text-xs text-ink-soft">{words.cameraHint}</figcaption>
    </figure>
  );
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
