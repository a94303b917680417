// What the lab trains with is the kit that users have: its names are at home in every folder.
global using Nonlinear.Training;
