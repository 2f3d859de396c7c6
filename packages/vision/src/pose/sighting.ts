/**
 * One point of a body. In `landmarks` x and y are shares of the picture (0..1, origin top left, not mirrored) and z is on x's
 * scale; in `world` all three are metres around the middle of the hips, y down, z away from the camera.
 */
export interface Landmark {
  x: number;
  y: number;
  z: number;
  /** 0..1: how likely it is in the picture and not hidden. */
  visibility: number;
}

/** One person: MediaPipe's 33 points, once in the picture and once in the room. */
export interface Pose {
  landmarks: Landmark[];
  world: Landmark[];
}

/** All people of one frame. `at`: ms of the page's monotonic clock when the frame was taken. */
export interface Sighting {
  at: number;
  people: Pose[];
  width: number;
  height: number;
}

/** Numbers of the points that are used here, as MediaPipe counts them; left and right are the person's own. */
export const POINT = {
  nose: 0,
  leftEye: 2,
  rightEye: 5,
  leftEar: 7,
  rightEar: 8,
  mouthLeft: 9,
  mouthRight: 10,
  leftShoulder: 11,
  rightShoulder: 12,
  leftElbow: 13,
  rightElbow: 14,
  leftWrist: 15,
  rightWrist: 16,
  leftHip: 23,
  rightHip: 24,
  leftKnee: 25,
  rightKnee: 26,
  leftAnkle: 27,
  rightAnkle: 28,
  leftHeel: 29,
  rightHeel: 30,
  leftToe: 31,
  rightToe: 32,
} as const;
